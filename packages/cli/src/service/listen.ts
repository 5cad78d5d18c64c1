import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { UsageError } from "../usage-error.ts";

/**
 * @returns the URL under which the server answers
 * @throws UsageError when it cannot listen there
 */
export async function listen(server: Server, host: string, port: number): Promise<string> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === "EADDRINUSE" ? "somebody listens there already; --port 0 takes any free port" : message;
    throw new UsageError(`Cannot listen on ${host}:${port}: ${reason}`);
  }
  const { address, family, port: actualPort } = server.address() as AddressInfo;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${actualPort}`;
}

/** Takes no new connection, and lets the requests under way be answered for a moment; then it hangs up. */
export async function hangUp(server: Server, graceMs = 2000): Promise<void> {
  const closed = once(server, "close");
  server.close();
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  await Promise.race([closed, delay(graceMs, undefined, { ref: false })]);
  clearInterval(idle);
  server.closeAllConnections();
}
