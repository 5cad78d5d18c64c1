/** The calls of AWS Lambda that a deployment makes. `Lambda` of `@aws-sdk/client-lambda` is one. */
import type * as lambda from "@aws-sdk/client-lambda";

export interface FunctionsClient {
  // Reading
  getFunctionConfiguration(input: lambda.GetFunctionConfigurationRequest): Promise<lambda.FunctionConfiguration>;
  listVersionsByFunction(input: lambda.ListVersionsByFunctionRequest): Promise<lambda.ListVersionsByFunctionResponse>;
  // Changing
  updateFunctionCode(input: lambda.UpdateFunctionCodeRequest): Promise<lambda.FunctionConfiguration>;
  publishVersion(input: lambda.PublishVersionRequest): Promise<lambda.FunctionConfiguration>;
  deleteFunction(input: lambda.DeleteFunctionRequest): Promise<unknown>;
}
