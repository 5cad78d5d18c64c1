/** The client of both services: AWS JSON over connections that stay open. */
import { Agent, request } from "node:http";

export type Call = (operation: string, body: object) => Promise<Readonly<Record<string, unknown>>>;

export interface LoadClient {
  readonly call: Call;
  readonly close: () => void;
}

export function loadClient(port: number, connections: number): LoadClient {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const call: Call = (operation, body) =>
    new Promise((resolve, reject) => {
      const text = JSON.stringify(body);
      const headers = {
        "Content-Type": "application/x-amz-json-1.0",
        "X-Amz-Target": `AWSStepFunctions.${operation}`,
        "Content-Length": Buffer.byteLength(text),
      };
      const sent = request({ host: "127.0.0.1", port, method: "POST", agent, headers }, (response) => {
        let answer = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (answer += chunk));
        response.on("end", () => {
          if (response.statusCode === 200) resolve(JSON.parse(answer) as Readonly<Record<string, unknown>>);
          else reject(new Error(`${operation}: ${response.statusCode} ${answer}`));
        });
      });
      sent.on("error", reject).end(text);
    });
  return { call, close: () => agent.destroy() };
}
