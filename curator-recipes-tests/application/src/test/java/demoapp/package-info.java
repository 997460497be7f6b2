@NullMarked
package demoapp;

import org.jspecify.annotations.NullMarked;
