/**
 * The second pipeline: tens of thousands of models in one Distributed Map, each in an execution of its own, so that
 * one that fails stops no other. A model that wins against its champion goes live behind a canary.
 */
import { functionArnSubstitution, Jsonata, machine, plain, sagemaker, sns, stringEquals } from "@stepwright/dsl";
import type { AnyTaskContract } from "@stepwright/dsl";
import {
  dataErrors,
  ingestData,
  judgeChallenger,
  notify,
  prepareFeatures,
  recordVersion,
  requestApproval,
  rollBackTraffic,
  shiftTraffic,
  summariseRun,
} from "./retrain-v2.contracts.ts";
import type { ManifestEntry, RetrainRun } from "./retrain-v2.contracts.ts";

const deployed = (contract: AnyTaskContract) => ({ functionName: `\${${functionArnSubstitution(contract)}}` });

/** Lambda's own faults, and the ones that a function says will pass. */
const retry = <const ErrorName extends string>(
  passing: readonly ErrorName[],
  intervalSeconds: number,
  maxAttempts: number,
) =>
  [
    {
      errors: [
        "Lambda.ServiceException",
        "Lambda.AWSLambdaException",
        "Lambda.SdkClientException",
        "Lambda.TooManyRequestsException",
        ...passing,
      ],
      intervalSeconds,
      maxAttempts,
      backoffRate: 2,
      maxDelaySeconds: 120,
      jitterStrategy: "FULL",
    },
  ] as const;

const endpointPrefix = "payments-";

export default machine("RetrainModelsV2", {
  input: plain<RetrainRun>(),
  queryLanguage: "JSONata",
  comment:
    "Retrains the models of a manifest: data gate, SageMaker training, champion/challenger gate, human approval, canary with rollback.",
  // A week: a human has five days to approve.
  timeoutSeconds: 604_800,
})
  .pass("RememberRun", { assign: (s) => ({ runId: s.input.runId }) })
  .distributedMap(
    "RetrainAllModels",
    {
      itemReader: {
        item: plain<ManifestEntry>(),
        arguments: (s) => ({ Bucket: s.input.manifest.bucket, Key: s.input.manifest.key }),
        readerConfig: { inputType: "JSONL", maxItems: 100_000 },
      },
      itemSelector: (s) => ({
        schemaVersion: 2,
        model: s.context.Map.Item.Value,
        runId: s.input.runId,
        asOf: s.input.asOf,
        executionId: s.context.Execution.Id,
        itemIndex: s.context.Map.Item.Index,
      }),
      maxConcurrency: 20,
      toleratedFailurePercentage: 10,
      label: "RetrainModels",
      resultWriter: {
        arguments: (s) => ({ Bucket: s.input.manifest.bucket, Prefix: Jsonata.concat("results/", s.input.runId) }),
      },
      output: (s) => ({ runId: s.input.runId, results: s.result.ResultWriterDetails }),
      catch: (errors) =>
        errors.on(["States.ALL"], {}, (failed) =>
          failed
            .task("NotifyRunFailed", sns.publish, {
              arguments: (s) => ({
                TopicArn: "${AlertsTopicArn}",
                Subject: "Bulk retraining failed",
                Message: { runId: s.vars.runId, error: s.input.Error, cause: s.input.Cause },
              }),
            })
            .fail("BatchRetrainingFailed", {
              error: "BulkRetrainingFailed",
              cause: (s) => Jsonata.concat("run ", s.vars.runId),
            }),
        ),
    },
    (item) =>
      item
        .pass("RememberModel", { assign: (s) => ({ modelId: s.input.model.modelId, runId: s.input.runId }) })
        .parallel(
          "RetrainModel",
          [
            (model) =>
              model
                .invoke("IngestData", ingestData, {
                  ...deployed(ingestData),
                  timeoutSeconds: 900,
                  retry: retry(["TransientDependencyError"], 3, 6),
                })
                .invoke("PreprocessFeatures", prepareFeatures, {
                  ...deployed(prepareFeatures),
                  timeoutSeconds: 900,
                  retry: retry(["TransientDependencyError"], 3, 4),
                })
                .task("TrainModel", sagemaker.createTrainingJobSync, {
                  arguments: (s) => ({
                    TrainingJobName: s.input.training.jobName,
                    RoleArn: "${SageMakerExecutionRoleArn}",
                    AlgorithmSpecification: { TrainingImage: "${XGBoostImageUri}", TrainingInputMode: "File" },
                    HyperParameters: s.input.training.hyperParameters,
                    InputDataConfig: s.input.training.channels,
                    OutputDataConfig: { S3OutputPath: s.input.training.outputPath },
                    ResourceConfig: s.input.training.resources,
                    StoppingCondition: { MaxRuntimeInSeconds: 14_400, MaxWaitTimeInSeconds: 18_000 },
                    EnableManagedSpotTraining: true,
                    EnableNetworkIsolation: true,
                  }),
                  output: (s) => ({
                    model: s.input.model,
                    runId: s.input.runId,
                    asOf: s.input.asOf,
                    dataset: s.input.dataset,
                    artifact: {
                      jobArn: s.result.TrainingJobArn,
                      uri: s.result.ModelArtifacts.S3ModelArtifacts,
                      billableSeconds: s.result.BillableTimeInSeconds,
                    },
                  }),
                  timeoutSeconds: 21_600,
                  retry: [
                    {
                      errors: ["SageMaker.AmazonSageMakerException", "SageMaker.ResourceLimitExceededException"],
                      intervalSeconds: 60,
                      maxAttempts: 10,
                      backoffRate: 1.5,
                      maxDelaySeconds: 900,
                      jitterStrategy: "FULL",
                    },
                  ],
                })
                .invoke("EvaluateModel", judgeChallenger, {
                  ...deployed(judgeChallenger),
                  timeoutSeconds: 900,
                  retry: retry(["TransientDependencyError"], 3, 4),
                })
                .invoke("RegisterModel", recordVersion, {
                  ...deployed(recordVersion),
                  retry: retry(["RegistryConflictError"], 3, 5),
                })
                .choice("ChampionChallengerGate", (choose) =>
                  choose
                    .when(
                      (s) => stringEquals(s.input.decision, "REJECT"),
                      (flow) =>
                        flow
                          .invoke("NotifyRejected", notify, {
                            ...deployed(notify),
                            payload: (s) => ({
                              status: "REJECTED",
                              modelId: s.vars.modelId,
                              runId: s.vars.runId,
                              reason: Jsonata.join(s.input.failedRules, ", "),
                            }),
                          })
                          .end(),
                    )
                    .when(
                      (s) => stringEquals(s.input.decision, "NEEDS_APPROVAL"),
                      (flow) =>
                        flow.invoke("AwaitHumanApproval", requestApproval, {
                          ...deployed(requestApproval),
                          waitForTaskToken: true,
                          timeoutSeconds: 432_000,
                          payload: (s) => ({ model: s.input, taskToken: s.context.Task.Token }),
                          output: (s) => s.input,
                          catch: (errors) =>
                            errors.on(["ModelRejected", "States.Timeout"], {}, (refused) =>
                              refused
                                .invoke("NotifyNotApproved", notify, {
                                  ...deployed(notify),
                                  payload: (s) => ({
                                    status: "REJECTED",
                                    modelId: s.vars.modelId,
                                    runId: s.vars.runId,
                                    reason: s.input.Error,
                                  }),
                                })
                                .end(),
                            ),
                        }),
                    ),
                )
                .parallel(
                  "Canary",
                  [
                    (canary) =>
                      canary
                        .invoke("DeployCanary", shiftTraffic, {
                          ...deployed(shiftTraffic),
                          payload: (s) => ({
                            phase: "START",
                            endpoint: Jsonata.concat(endpointPrefix, s.vars.modelId),
                            version: s.input.version,
                          }),
                          retry: retry(["EndpointBusy"], 30, 8),
                          assign: (s) => ({ version: s.input.version }),
                        })
                        .wait("WaitForBake", { seconds: 300 })
                        .invoke("CheckDeployment", shiftTraffic, {
                          ...deployed(shiftTraffic),
                          payload: (s) => ({ phase: "CHECK", endpoint: s.input.endpoint, version: s.vars.version }),
                          retry: retry([], 5, 5),
                        })
                        .choice("DeploymentSettled", (choose) =>
                          choose
                            .when(
                              (s) => stringEquals(s.input.status, "UPDATING"),
                              (flow) => flow.goTo("WaitForBake"),
                            )
                            .when(
                              (s) => stringEquals(s.input.status, "FAILED"),
                              (flow) => flow.fail("CanaryFailed", { error: "CanaryFailed" }),
                            ),
                        )
                        .succeed("InService"),
                  ],
                  {
                    output: (s) => s.result[0],
                    catch: (errors) =>
                      errors.on(["States.ALL"], {}, (failed) =>
                        failed
                          .invoke("Rollback", rollBackTraffic, {
                            ...deployed(rollBackTraffic),
                            payload: (s) => ({ endpoint: Jsonata.concat(endpointPrefix, s.vars.modelId) }),
                            output: (s) => s.input,
                            retry: [{ errors: ["States.ALL"], intervalSeconds: 10, maxAttempts: 5, backoffRate: 2 }],
                          })
                          .fail("RolledBack", { error: "ModelRolledBack", cause: (s) => s.input.Error }),
                      ),
                  },
                )
                .invoke("NotifyDeployed", notify, {
                  ...deployed(notify),
                  payload: (s) => ({ status: "DEPLOYED", modelId: s.vars.modelId, runId: s.vars.runId }),
                }),
          ],
          {
            output: (s) => s.result[0],
            catch: (errors) =>
              errors
                .on(dataErrors, {}, (skipped) =>
                  skipped
                    .invoke("NotifySkipped", notify, {
                      ...deployed(notify),
                      payload: (s) => ({
                        status: "SKIPPED",
                        modelId: s.vars.modelId,
                        runId: s.vars.runId,
                        reason: s.input.Error,
                      }),
                    })
                    .end(),
                )
                .on(["States.ALL"], {}, (failed) =>
                  failed
                    .invoke("NotifyFailed", notify, {
                      ...deployed(notify),
                      payload: (s) => ({
                        status: "FAILED",
                        modelId: s.vars.modelId,
                        runId: s.vars.runId,
                        reason: s.input.Error,
                      }),
                      output: (s) => s.input,
                    })
                    .fail("ModelFailed", {
                      error: "ModelRetrainingFailed",
                      cause: (s) => Jsonata.concat(s.vars.modelId, ": ", s.input.Error),
                    }),
                ),
          },
        ),
  )
  .invoke("SummariseRun", summariseRun, deployed(summariseRun))
  .succeed("BatchRetrainingComplete");
