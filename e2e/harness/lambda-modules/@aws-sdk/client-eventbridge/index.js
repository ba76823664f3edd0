// Lambda's Node.js runtimes bring the AWS SDK along, the emulator does not.
require("tsx/cjs");
module.exports = require("../../../aws-sdk-double.ts");
