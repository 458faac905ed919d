/**
 * How good predictions are: {@link dev.lanewise.metric.Classification} and {@link
 * dev.lanewise.metric.Regression} give one number, a {@link dev.lanewise.metric.ConfusionMatrix}
 * shows which classes are taken for which.
 *
 * <h2>Operands</h2>
 *
 * Predictions {@code y} and targets {@code t} are flat row-major arrays of {@code rows x outputs},
 * from the start of an array that may be longer. Every number must be finite; nothing is written.
 *
 * <h2>Classes</h2>
 *
 * With several outputs there is a class for each: the predicted one has the largest output, and the
 * true one the largest target, which must be above 0; where several are equally large, the first
 * one counts. A single output is the probability of class 1 out of 0 and 1: predicted where it is
 * above 0.5, and its target is 0 or 1.
 *
 * <p>The definitions, and what counts where nothing can be divided, are those of scikit-learn 1.9;
 * differences stand with each. Sums are kept in double precision, in the order of rows, so a metric
 * gives the same bits on every machine.
 */
package dev.lanewise.metric;
