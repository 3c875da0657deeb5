// aimock on a free port of this machine: prints its address, then runs until it is ended.
import { LLMock } from "@copilotkit/aimock";

const fixtures = process.argv[2] ?? "[]";
const server = new LLMock({ port: 0, host: "127.0.0.1" });
server.addFixturesFromJSON(fixtures);
console.log(await server.start());
