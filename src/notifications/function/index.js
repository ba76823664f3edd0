/*
 * The function crosstrust-notify: EventBridge calls it for each use of a role that is to be told. Everything
 * in this folder is packaged as it stands, and is plain JavaScript for that reason.
 */
const { createHandler } = require("./handler");

exports.handler = createHandler({ aws: () => require("./aws"), environment: process.env });
