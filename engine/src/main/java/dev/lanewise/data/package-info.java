/**
 * Data to train on.
 *
 * <ul>
 *   <li>Where rows are: a {@link dev.lanewise.data.Dataset} keeps them in arrays, a {@link
 *       dev.lanewise.data.MappedDataset} in a file that may be larger than memory, written by
 *       {@link dev.lanewise.data.MappedDataset.Writer}; both are a {@link
 *       dev.lanewise.data.RowSource}.
 *   <li>Where they come from: {@link dev.lanewise.data.Idx} reads the files of MNIST, {@link
 *       dev.lanewise.data.LibSvm} those of libsvm, {@code Dataset.spirals} draws an example.
 *   <li>What is done to them: {@link dev.lanewise.data.Scaling} brings columns to a common size,
 *       {@link dev.lanewise.data.OneHot} makes numbers of categories.
 *   <li>Who takes them: {@link dev.lanewise.data.Batches} hands them out in an order that a seed
 *       decides, {@link dev.lanewise.data.RowShards} deals them to shards that learn apart.
 * </ul>
 *
 * <p>Everything is a flat row-major {@code float[]}: inputs are {@code rows x inputs}, targets are
 * {@code rows x targets}, and weights, where there are any, one for each row. Rows and columns are
 * counted from 0.
 */
package dev.lanewise.data;
