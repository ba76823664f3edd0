// Registers cdktf's matchers (toHaveResourceWithProperties and so on) with jest.
const { Testing } = require("cdktf");
Testing.setupJest();
