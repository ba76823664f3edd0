import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { rootCredentials } from "./cloud";
import { signedHeaders } from "./sigv4";

/** Stands before an emulator, for what it cannot do by itself. */
export interface Gateway {
  /** `http://127.0.0.1:PORT`, in the emulator's place. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A request of KMS that names a key by its ARN. */
const NAMES_A_KEY = z.looseObject({
  KeyId: z.string().regex(/^arn:aws:kms:[a-z0-9-]+:\d{12}:key\//),
});

/**
 * A gateway before an emulator:
 * - Requests arrive as if by TLS: policies refuse what does not, and the emulator speaks HTTP alone.
 * - The emulator finds a KMS key in the caller's own account alone, AWS by its ARN everywhere. So a
 *   request that names a key by its ARN is made as the root user of the key's account. What the key's
 *   policy says to it is not judged.
 */
export async function startGateway(emulatorUrl: string): Promise<Gateway> {
  const server = createServer((incoming, answer) => {
    passOn(emulatorUrl, incoming, answer).catch(() => answer.destroy());
  });
  await new Promise<void>((done, fail) => {
    server.once("error", fail);
    server.listen(0, "127.0.0.1", done);
  });
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function passOn(
  emulatorUrl: string,
  incoming: IncomingMessage,
  answer: ServerResponse,
): Promise<void> {
  const { method, url = "/" } = incoming;
  const body = await bodyOf(incoming);
  const signed = inKeysAccount(incoming, body) ?? {};
  const headers = { ...incoming.headers, ...signed, "x-forwarded-proto": "https" };
  const outgoing = request(`${emulatorUrl}${url}`, { method, headers }, (result) => {
    answer.writeHead(result.statusCode ?? 502, result.headers);
    result.pipe(answer);
  });
  outgoing.on("error", () => answer.destroy());
  outgoing.end(body);
}

/** The headers of a KMS request as the root user of its key's account; undefined for every other. */
function inKeysAccount(
  { headers }: IncomingMessage,
  body: Buffer,
): Readonly<Record<string, string>> | undefined {
  const { host = "", "content-type": contentType = "", "x-amz-target": target } = headers;
  if (typeof target !== "string" || !target.startsWith("TrentService.")) return undefined;
  const text = body.toString("utf8");
  const parsed = NAMES_A_KEY.safeParse(JSON.parse(text));
  if (!parsed.success) return undefined;
  const [, , , region, accountId] = parsed.data.KeyId.split(":");
  const signed = signedHeaders(
    {
      method: "POST",
      url: `http://${host}/`,
      service: "kms",
      region,
      headers: { "content-type": contentType, "x-amz-target": target },
      body: text,
    },
    rootCredentials(accountId),
  );
  // A session's token is none of the root user's.
  return { ...signed, "x-amz-security-token": "" };
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
