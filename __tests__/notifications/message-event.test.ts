import {
  DEFAULT_BODY,
  inputTransformer,
  placeholdersOf,
} from "../../src/notifications/message-event";

const DESTINATION = { name: "chat", url: "https://example.com", connectionArn: "arn:connection" };

test("what most chats take is the text alone", () => {
  expect(inputTransformer({ ...DESTINATION, body: DEFAULT_BODY })).toEqual({
    inputPaths: { text: "$.detail.text" },
    inputTemplate: '{"text":<text>}',
  });
});

test("fields are filled in at any depth, as whole texts; all else stays as it is written", () => {
  const body = {
    project: "SEC",
    fields: { summary: "<subject>", labels: ["<stage>", "role-use"], "<role>": 1 },
    note: "see <text>",
  };
  expect(inputTransformer({ ...DESTINATION, body })).toEqual({
    inputPaths: { subject: "$.detail.subject", stage: "$.detail.stage" },
    inputTemplate:
      '{"project":"SEC","fields":{"summary":<subject>,"labels":[<stage>,"role-use"],"<role>":1},"note":"see <text>"}',
  });
});

test("placeholders are whole texts in angle brackets", () => {
  expect(placeholdersOf({ a: "<text>", b: ["<nope>", "x <role>"], c: { d: null } })).toEqual([
    "text",
    "nope",
  ]);
});
