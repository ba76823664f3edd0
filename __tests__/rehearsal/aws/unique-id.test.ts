import { createRole, deleteRole } from "../../../src/rehearsal/aws/roles";
import { uniqueId } from "../../../src/rehearsal/aws/unique-id";
import { SimulatedAws } from "../../../src/rehearsal/simulated-aws";
import { HUB, MEMBER, rootOf, trustOf } from "../stacks";

const origin = { stack: "test", address: "test" };

describe("a unique ID", () => {
  it("has AWS's form and is the same in every run", () => {
    expect(uniqueId("AROA", MEMBER, "foo", 0)).toBe("AROAZRXAUWXPAUYAGU4VN");
    expect(uniqueId("AIDA", MEMBER, "foo", 0)).toMatch(/^AIDA[A-Z0-9]{17}$/);
  });

  it("differs by kind, account, name and generation", () => {
    const ids = [
      uniqueId("AROA", MEMBER, "foo", 0),
      uniqueId("AIDA", MEMBER, "foo", 0),
      uniqueId("AROA", HUB, "foo", 0),
      uniqueId("AROA", MEMBER, "bar", 0),
      uniqueId("AROA", MEMBER, "foo", 1),
    ];
    expect(new Set(ids.map((id) => id.slice(4))).size).toBe(ids.length);
  });

  it("is another one for a role that is made again, by whatever case of its name", () => {
    const account = new SimulatedAws().account(MEMBER);
    const make = (name: string): string =>
      createRole(account, { name, trustPolicy: trustOf(rootOf(HUB)), origin }).uniqueId;
    const first = make("foo");
    deleteRole(account, "foo");
    const second = make("FOO");
    deleteRole(account, "FOO");
    expect(new Set([first, second, make("foo")]).size).toBe(3);
  });
});
