/** Estimators for Spark ML, which train dense neural networks on a cluster and predict there. */
package dev.lanewise.spark;
