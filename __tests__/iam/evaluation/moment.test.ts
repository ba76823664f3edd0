import { timeOf } from "../../../src/iam/evaluation/moment";

describe("timeOf", () => {
  it.each([
    ["2026-11-23T10:00:00Z", Date.UTC(2026, 10, 23, 10)],
    ["2026-11-23T10:00Z", Date.UTC(2026, 10, 23, 10)],
    ["2026-11-23T10:00:00.250Z", Date.UTC(2026, 10, 23, 10, 0, 0, 250)],
    ["2026-11-23T10:00:00-05:30", Date.UTC(2026, 10, 23, 15, 30)],
    ["2026-11-23", Date.UTC(2026, 10, 23)],
    ["2026-11", Date.UTC(2026, 10)],
    ["1795428000", Date.UTC(2026, 10, 23, 10)],
    ["0", 0],
  ])("reads %s", (text, expected) => {
    expect(timeOf(text)).toBe(expected);
  });

  it.each([
    ["2026", "four digits may be a year or seconds"],
    ["2026-11-23T10:00:00", "a time of day needs a zone"],
    ["2026-13-01", "there is no month 13"],
    ["23 Nov 2026", "only ISO 8601 is read"],
    ["", "nothing"],
    ["-1", "a negative number"],
  ])("does not read %p: %s", (text) => {
    expect(timeOf(text)).toBeUndefined();
  });
});
