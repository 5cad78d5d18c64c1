/** An HTTP exchange as `inspectionData` shows it. See the developer guide, "Using TestState API to test a state". */
import type { HeaderList, HttpExchange, HttpMessageReceived, HttpMessageSent } from "../tasks/http-exchange.ts";
import type { InspectedRequest, InspectedResponse, InspectionData } from "./test-state-request.ts";

export function shownExchange(
  exchange: HttpExchange | undefined,
  revealsSecrets: boolean,
): Pick<InspectionData, "request" | "response"> {
  if (exchange === undefined) return {};
  const { received, sent, sentWithoutSecrets } = exchange;
  return {
    request: shownSent(revealsSecrets ? sent : sentWithoutSecrets),
    ...(received === undefined ? undefined : { response: shownReceived(received, sent) }),
  };
}

function shownSent({ body, headers, method, url }: HttpMessageSent): InspectedRequest {
  return {
    protocol: protocolOf(url),
    method,
    url,
    headers: shownHeaders(headers),
    ...(body === undefined ? undefined : { body }),
  };
}

function shownReceived(
  { body, headers, statusCode, statusMessage }: HttpMessageReceived,
  { url }: HttpMessageSent,
): InspectedResponse {
  return {
    protocol: protocolOf(url),
    statusCode: String(statusCode),
    statusMessage,
    headers: shownHeaders(headers),
    body,
  };
}

function protocolOf(url: string): string {
  return url.slice(0, url.indexOf(":"));
}

function shownHeaders(headers: HeaderList): string {
  return `[${headers.map(([name, value]) => `${name}: ${value}`).join(", ")}]`;
}
