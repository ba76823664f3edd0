/* The function is plain JavaScript, as Lambda runs it: its types for the tests. */

/** What the function looks up and says. */
export interface Trust {
  readonly stage: string;
  readonly words: string;
}

/** A use of a role, as read from an event. */
export type Use = Readonly<Record<string, string | undefined>>;

/** What the function sends. */
export type Message = Readonly<Record<string, string>>;

/** What the handler asks of AWS. */
export interface FakeAws {
  roleAs(readerArn: string, roleName: string): Promise<unknown>;
  putMessage(bus: string, message: Message): Promise<void>;
  publish(topicArn: string, message: Message): Promise<void>;
}

const CODE = "../../src/notifications/function";

export const { createHandler } = jest.requireActual<{
  createHandler(props: {
    aws(): FakeAws;
    environment: Readonly<Record<string, string>>;
  }): (event: unknown) => Promise<void>;
}>(`${CODE}/handler`);

export const { readUse } = jest.requireActual<{ readUse(event: unknown): Use | undefined }>(
  `${CODE}/role-use`,
);

export const { trustOf } = jest.requireActual<{ trustOf(document: unknown, use: Use): Trust }>(
  `${CODE}/trust-stage`,
);

export const { makeMessage } = jest.requireActual<{
  makeMessage(use: Use, trust: Trust): Message;
}>(`${CODE}/message`);
