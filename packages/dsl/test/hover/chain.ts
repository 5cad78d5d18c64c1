/** What an editor shows: `^?` points at the word above it. */
import { z } from "zod";
import { awsSdk, defineTask, machine, sagemaker } from "@stepwright/dsl";
import type * as DynamoDb from "@aws-sdk/client-dynamodb";

const Model = z.object({ modelId: z.string(), threshold: z.number().optional() });
const train = defineTask("Train", {
  //  ^?
  input: Model,
  output: z.object({ auc: z.number(), trainedAt: z.date() }),
  errors: ["NoData"],
});

export const flow = machine("Hover", { input: Model })
  //         ^?
  .task("Train", train, { resultPath: "$.training", assign: (s) => ({ auc: s.result.auc }) })
  .pass("Shape", { parameters: (s) => ({ id: s.input.modelId, when: s.input.training.trainedAt, auc: s.vars.auc }) })
  //                                           ^?
  //                                                                                                    ^?
  .pass("Last", { parameters: (s) => ({ id: s.input.id, run: s.context.Execution.Name }) })
  //                                          ^?
  //                                                                   ^?
  .succeed("Done");

export const training = sagemaker.createTrainingJobSync;
//           ^?
export const scan = awsSdk<typeof DynamoDb>("dynamodb")("listTables");
//           ^?
