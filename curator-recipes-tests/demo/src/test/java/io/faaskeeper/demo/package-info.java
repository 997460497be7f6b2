@NullMarked
package io.faaskeeper.demo;

import org.jspecify.annotations.NullMarked;
