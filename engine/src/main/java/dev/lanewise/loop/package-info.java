/**
 * Training over epochs: {@link dev.lanewise.loop.TrainingLoop} shuffles, makes batches and steps of
 * a {@code dev.lanewise.Trainer}, follows a schedule, looks at a validation set, stops early, and
 * writes checkpoints from which a run goes on with the same bits. It uses nothing that a loop of
 * your own could not. {@link dev.lanewise.loop.LocalSgd} averages what shards learn apart.
 */
package dev.lanewise.loop;
