/** What keeps Curator's suites to what can be asked of FaaSKeeper. */
@NullMarked
package io.faaskeeper.upstream;

import org.jspecify.annotations.NullMarked;
