import { createServer, type Server } from "node:http";

/** An address that answers as AWS STS does, lets everybody in, and keeps what it was asked. */
export class FakeSts {
  /** Parameters of each AssumeRole request. */
  readonly assumed: Readonly<Record<string, string>>[] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (text: string) => (body += text));
      request.on("end", () => {
        const parameters = [...new URLSearchParams(body)].filter(([key]) => key !== "Version");
        const asked = Object.fromEntries(parameters);
        response.setHeader("content-type", "text/xml");
        response.end(this.answer(asked));
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, "127.0.0.1", done));
    const address = this.server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    return `http://127.0.0.1:${address.port}`;
  }

  stop(): Promise<void> {
    return new Promise((done) => {
      this.server.close(() => done());
      this.server.closeAllConnections();
    });
  }

  private answer(asked: Readonly<Record<string, string>>): string {
    if (asked.Action === "AssumeRole") {
      this.assumed.push(asked);
      return result(
        "AssumeRole",
        "<Credentials><AccessKeyId>ASIAFAKE</AccessKeyId><SecretAccessKey>fake</SecretAccessKey>" +
          "<SessionToken>fake</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>",
      );
    }
    const { RoleArn = "nobody" } = this.assumed.at(-1) ?? {};
    return result("GetCallerIdentity", `<Arn>${RoleArn}</Arn><Account>1</Account>`);
  }
}

function result(action: string, content: string): string {
  return (
    `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">` +
    `<${action}Result>${content}</${action}Result></${action}Response>`
  );
}
