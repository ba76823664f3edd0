// Loaded before a command (see command-cost.ts): says at its end how much memory it took.
process.on("exit", () => {
  process.stderr.write(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB\n`);
});
