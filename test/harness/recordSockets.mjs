// Loaded into the tools under test (`--import`): notes each host that Node itself looks up or connects to.
import dns from "node:dns";
import { appendFileSync } from "node:fs";
import net from "node:net";

const log = process.env["ESCAPE_LENS_TEST_NETWORK_LOG"];

function note(what) {
  if (log !== undefined) appendFileSync(log, `node: ${what}\n`);
}

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  // net.connect and tls.connect hand over their arguments as one list, in the form [options, listener].
  const [first] = Array.isArray(args[0]) ? args[0] : args;
  note(`connects to ${typeof first === "object" ? (first.path ?? `${first.host}:${first.port}`) : first}`);
  return connect.apply(this, args);
};

const { lookup } = dns;
dns.lookup = function (host, ...rest) {
  note(`looks up ${host}`);
  return lookup.call(this, host, ...rest);
};
