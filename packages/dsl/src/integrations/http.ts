/**
 * HTTPS endpoints by way of an EventBridge connection.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html
 */
import { integration } from "../integration.ts";

export interface HttpRequest {
  ApiEndpoint: string;
  Method: "GET" | "POST" | "PUT" | "DELETE" | "PATCH" | "OPTIONS" | "HEAD";
  /** Who calls: the credentials lie in the connection. */
  Authentication?: { ConnectionArn: string };
  InvocationConfig?: { ConnectionArn: string };
  Headers?: { [name: string]: string };
  QueryParameters?: { [name: string]: string };
  RequestBody?: unknown;
  Transform?: { RequestBodyEncoding: string; RequestEncodingOptions?: { ArrayFormat: string } };
}

export interface HttpResponse<Body> {
  ResponseBody: Body;
  StatusCode: number;
  StatusText: string;
  Headers: { [name: string]: string[] };
}

export const http = Object.freeze({
  /** Any other status than 2xx fails with `States.Http.StatusCode.<code>`. */
  invoke: <Body>() => integration<"http:invoke", HttpRequest, HttpResponse<Body>, "States.Http.Socket">("http:invoke"),
});
