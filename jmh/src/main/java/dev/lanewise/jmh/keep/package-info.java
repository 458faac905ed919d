/** Questions whose rule is fixed before they are measured, and the results that answer them. */
package dev.lanewise.jmh.keep;
