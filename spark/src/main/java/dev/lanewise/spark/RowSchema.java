package dev.lanewise.spark;

import java.io.Serializable;

/**
 * What rows of a training set must look like.
 *
 * @param features the name of the column of vectors
 * @param label the name of the column of labels
 * @param weight the name of the column of weights; null where rows count alike
 * @param inputs how long vectors are
 * @param outputs how many targets a row has: as many as there are classes, else 1
 * @param classes whether labels are classes, from 0 to before {@code outputs}
 */
record RowSchema(
    String features, String label, String weight, int inputs, int outputs, boolean classes)
    implements Serializable {}
