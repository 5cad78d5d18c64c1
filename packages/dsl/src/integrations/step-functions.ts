/**
 * Executions of other state machines.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
 */
import { integration } from "../integration.ts";

export interface StartExecutionRequest<Input> {
  StateMachineArn: string;
  /** 1 to 80 characters, unique for 90 days; a UUID when absent. */
  Name?: string;
  Input?: Input;
}

export interface StartedExecution {
  ExecutionArn: string;
  /** ISO 8601. */
  StartDate: string;
}

/** An execution that has succeeded. */
export interface FinishedExecution<Output> extends StartedExecution {
  Name: string;
  StateMachineArn: string;
  Status: "SUCCEEDED";
  StopDate: string;
  /** JSON text. */
  Input: string;
  Output: Output;
}

export type StepFunctionsErrorName = `StepFunctions.${string}Exception`;

/** `Input` and `Output` are those of the machine that is started. */
export const stepFunctions = Object.freeze({
  startExecution: <Input>() =>
    integration<"states:startExecution", StartExecutionRequest<Input>, StartedExecution, StepFunctionsErrorName>(
      "states:startExecution",
    ),
  /** Ends with the execution, whose `Output` is JSON text. */
  startExecutionSync: <Input>() =>
    integration<
      "states:startExecution.sync",
      StartExecutionRequest<Input>,
      FinishedExecution<string>,
      StepFunctionsErrorName
    >("states:startExecution.sync"),
  /** Ends with the execution, whose `Output` is data. */
  startExecutionSync2: <Input, Output>() =>
    integration<
      "states:startExecution.sync:2",
      StartExecutionRequest<Input>,
      FinishedExecution<Output>,
      StepFunctionsErrorName
    >("states:startExecution.sync:2"),
  startExecutionWaitForTaskToken: <Input, Response>() =>
    integration<
      "states:startExecution.waitForTaskToken",
      StartExecutionRequest<Input>,
      Response,
      StepFunctionsErrorName
    >("states:startExecution.waitForTaskToken"),
});
