/**
 * Any action of any AWS service, by way of the AWS SDK integrations; its types come from the SDK's own package.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
import { integration } from "./integration.ts";
import type { Integration } from "./integration.ts";

/**
 * @typeParam Client  the module of the service's SDK package, as `typeof import("@aws-sdk/client-dynamodb")`;
 * without it requests and responses are not checked
 * @param service  as the ARN has it: `dynamodb`, `sfn`, `cloudwatchlogs`
 * @example awsSdk<typeof import("@aws-sdk/client-dynamodb")>("dynamodb")("query")
 */
export function awsSdk<Client = unknown>(service: string): AwsSdkService<Client> {
  return <Action extends ActionOf<Client>>(action: Action) => integration(`aws-sdk:${service}:${action}`);
}

/** Waiting for a token has another response than the SDK's: `defineIntegration` says which. */
export type AwsSdkService<Client> = <const Action extends ActionOf<Client>>(
  action: Action,
) => Integration<`aws-sdk:${string}:${Action}`, RequestOf<Client, Action>, ResponseOf<Client, Action>, AwsSdkErrorName>;

/** `DynamoDb.ConditionalCheckFailedException`: the service's name in the Java SDK, and the error's. */
export type AwsSdkErrorName = `${string}.${string}Exception`;

/** `getObject` for a module with a `GetObjectCommand`. */
export type ActionOf<Client> = unknown extends Client
  ? string
  : Uncapitalize<Extract<keyof Client, `${string}Command`> extends `${infer Action}Command` ? Action : never>;

type CommandOf<Client, Action extends string> = `${Capitalize<Action>}Command` extends keyof Client
  ? Client[`${Capitalize<Action>}Command`]
  : never;

type RequestOf<Client, Action extends string> = unknown extends Client
  ? unknown
  : CommandOf<Client, Action> extends new (...parameters: never) => { readonly input: infer Request }
    ? AwsShape<Request>
    : never;

type ResponseOf<Client, Action extends string> = unknown extends Client
  ? unknown
  : CommandOf<Client, Action> extends new (...parameters: never) => {
        resolveMiddleware(...parameters: never): (...parameters: never) => Promise<{ output: infer Response }>;
      }
    ? AwsShape<Response>
    : never;

/**
 * A shape of the SDK as Step Functions sends and receives it: names in PascalCase whatever the API has, times and
 * bytes as strings, and no metadata.
 */
export type AwsShape<Type> = Type extends string | number | boolean | null | undefined
  ? Type
  : Type extends bigint
    ? number
    : Type extends Date | Bytes
      ? string
      : Type extends readonly (infer Element)[]
        ? AwsShape<Element>[]
        : Type extends object
          ? {
              [Key in keyof Type as MemberName<Key>]: AwsShape<Exclude<Type[Key], undefined>>;
            }
          : unknown;

type MemberName<Key> = Key extends string
  ? string extends Key
    ? Key
    : Key extends "$metadata"
      ? never
      : Capitalize<Key>
  : never;

/** Byte arrays, blobs and the streams of Node and of browsers. */
type Bytes =
  | ArrayBufferView
  | { arrayBuffer(): unknown }
  | { transformToString(): unknown }
  | { pipe(...parameters: never): unknown }
  | { getReader(): unknown };
