import { sharingNotes } from "../../src/model/sharing-notes";
import { modelOf } from "../stacks/organization";

function notesOf(members: number, entry: object): readonly string[] {
  const accounts = Array.from({ length: members }, (_, number) => [
    `member-${number}`,
    { id: String(111_111_111_100 + number) },
  ]);
  const model = modelOf({
    accounts: { shared: { id: "444455556666" }, ...Object.fromEntries(accounts) },
    sharing: {
      images: { type: "kms-key", account: "shared", with: ["*"], alias: "images", ...entry },
    },
  });
  return sharingNotes(model);
}

describe("a key for images", () => {
  test("names the step by which each image is shared, with the accounts", () => {
    expect(notesOf(2, { for: "ami" })).toEqual([
      'sharing.images: share each image that it encrypts where the image is built: aws ec2 modify-image-attribute --image-id <AMI> --launch-permission "Add=[{UserId=111111111100},{UserId=111111111101}]", and its snapshots (docs/sharing.md)',
    ]);
  });

  test("counts accounts beyond eight", () => {
    const [note] = notesOf(11, { for: "ami" });
    expect(note).toContain('{UserId=111111111107}]" and 3 more accounts, and its snapshots');
    expect(note).not.toContain("111111111108");
  });
});

test("a key for anything else has no such step", () => {
  expect(notesOf(2, {})).toEqual([]);
});
