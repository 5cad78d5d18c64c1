/** What an HTTP Task sent and what it got, for TestState to show. */
export interface HttpExchange {
  readonly sent: HttpMessageSent;
  /** The same without what the connection added. */
  readonly sentWithoutSecrets: HttpMessageSent;
  /** `undefined` when there was no answer. */
  readonly received: HttpMessageReceived | undefined;
}

export interface HttpMessageSent {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderList;
  readonly body: string | undefined;
}

export interface HttpMessageReceived {
  readonly statusCode: number;
  readonly statusMessage: string;
  readonly headers: HeaderList;
  readonly body: string;
}

export type HeaderList = readonly (readonly [name: string, value: string])[];
