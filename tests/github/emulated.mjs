// Starts npm's `emulate` as GitHub on loopback: node emulated.mjs PORT SEED. Says its address.
import { createEmulator } from "emulate";

const [port, seed] = process.argv.slice(2);
const baseUrl = `http://127.0.0.1:${port}`;
await createEmulator({
  service: "github",
  port: Number(port),
  hostname: "127.0.0.1",
  baseUrl,
  seed: JSON.parse(seed),
});
console.log(baseUrl);
process.stdin.resume();
