/**
 * Chapter 6: AWS services, and a human.
 *
 * An integration is a contract that AWS wrote: `sagemaker.createTrainingJobSync` waits until the job has ended. Its
 * request and response are typed like those of your own tasks. `.invoke` calls a function through `lambda:invoke`,
 * and with `waitForTaskToken` the state waits until somebody answers with the token that it sent.
 */
import { build, defineTask, machine, plain, sagemaker, sns } from "@stepwright/dsl";
import { startExecution } from "@stepwright/local-runner";
import { expect, test } from "vitest";

const askHuman = defineTask<{ model: string; token: string }, { approvedBy: string }, "Refused">("AskHuman");

const retrain = machine("Retrain", { input: plain<{ jobName: string }>(), queryLanguage: "JSONata" })
  .task("Train", sagemaker.createTrainingJobSync, {
    arguments: (s) => ({
      TrainingJobName: s.input.jobName,
      RoleArn: "${TrainingRoleArn}",
      AlgorithmSpecification: { TrainingImage: "${TrainingImageUri}", TrainingInputMode: "File" },
      OutputDataConfig: { S3OutputPath: "s3://models" },
      ResourceConfig: { InstanceType: "ml.m5.large", InstanceCount: 1, VolumeSizeInGB: 10 },
      StoppingCondition: { MaxRuntimeInSeconds: 3600 },
    }),
    output: (s) => ({ model: s.result.ModelArtifacts.S3ModelArtifacts }),
    retry: [{ errors: ["SageMaker.ResourceLimitExceededException"], intervalSeconds: 600, jitterStrategy: "FULL" }],
  })
  .invoke("Approve", askHuman, {
    waitForTaskToken: true,
    timeoutSeconds: 432_000,
    payload: (s) => ({ model: s.input.model, token: s.context.Task.Token }),
    catch: (errors) => errors.on(["Refused", "States.Timeout"], {}, (flow) => flow.fail("Not approved")),
  })
  .task("Tell", sns.publish, {
    arguments: (s) => ({ TopicArn: "${TopicArn}", Message: { approvedBy: s.input.approvedBy } }),
    output: (s) => ({ message: s.result.MessageId }),
  });

const { definition, diagnostics } = build(retrain);

/** Runs until the human is asked, who then answers. */
async function runWith(answer: (token: string, execution: ReturnType<typeof startExecution>) => void) {
  const execution = startExecution(definition, {
    input: { jobName: "job-1" },
    tasks: {
      "arn:aws:states:::sagemaker:createTrainingJob.sync": () => ({
        ModelArtifacts: { S3ModelArtifacts: "s3://models/job-1" },
      }),
      AskHuman: ({ token }) => {
        answer(token, execution);
        return {};
      },
      "arn:aws:states:::sns:publish": () => ({ MessageId: "m-1" }),
    },
  });
  return execution.ended;
}

test("the execution waits for its token", async () => {
  expect(diagnostics).toEqual([]);
  const result = await runWith((token, execution) => execution.sendTaskSuccess(token, { approvedBy: "ada" }));
  expect(result).toMatchObject({ status: "SUCCEEDED", output: { message: "m-1" } });
});

test("a refusal is a failure with a name", async () => {
  const result = await runWith((token, execution) => execution.sendTaskFailure(token, "Refused", "too risky"));
  expect(result.status).toBe("FAILED");
});
