import assert from "node:assert/strict";
import { test } from "node:test";

import { Billing, Refused, Unavailable } from "./billing.js";
import { Hostledger, login, password } from "./hostledger.js";

const day = "2026-05-14";
const today = "2026-05-15";

/** Starts a server, whose clock stands, and returns it with a client that is in a hurry. */
async function start(t, faults = "") {
  const server = await Hostledger.start(`clock = { start = "${today}T12:00:00Z" }\n${faults}`);
  t.after(() => server.stop());
  return { server, billing: new Billing(server.url, login, password, { timeout: 5000, pause: 0 }) };
}

const price = { currency: "USD", sum: "10.00", renewalDate: "2026-06-01" };
const mail = { received: 100, sent: 200 };

test("prices and traffic are stored", async (t) => {
  const { billing } = await start(t);
  await billing.setPrice(1, price);
  await billing.setTraffic(1, day, mail);
  assert.deepEqual(await billing.traffic(1, day), { [day]: mail, [today]: { received: 0, sent: 0 } });
});

test("an error is told, and nothing is sent again", async (t) => {
  const { server, billing } = await start(t, `
    [[fault]]
    operation = "webspace.set_traffic"
    error = 1013
  `);
  await assert.rejects(billing.setTraffic(1, day, mail), (error) => {
    assert.ok(error instanceof Refused);
    assert.equal(error.code, 1013);
    assert.equal(error.text, "domain does not exist");
    return true;
  });
  assert.equal(server.faults(), 1);
});

test("a packet that is refused is told", async (t) => {
  const { billing } = await start(t, `
    [[fault]]
    refuse = 1006
  `);
  await assert.rejects(billing.setPrice(1, price), new Refused(1006, "Permission denied."));
});

test("what a proxy answers for a busy server is no answer", async (t) => {
  const { server, billing } = await start(t, `
    [[fault]]
    operation = "webspace.set-billing-info"
    status = 502
    times = 2
  `);
  await billing.setPrice(1, price);
  assert.equal(server.faults(), 2);
});

test("it gives up in the end", async (t) => {
  const { server, billing } = await start(t, `
    [[fault]]
    cut = "before"
  `);
  await assert.rejects(billing.setTraffic(1, day, mail), Unavailable);
  assert.equal(server.faults(), 3);
});

for (const cut of ["after", "middle"]) {
  test(`a lost answer counts nothing twice, cut ${cut}`, async (t) => {
    const { server, billing } = await start(t, `
      [[fault]]
      operation = "webspace.set_traffic"
      cut = "${cut}"
      call = 1
    `);
    await billing.setTraffic(1, day, mail);
    assert.equal(server.faults(), 1);
    assert.deepEqual((await billing.traffic(1, day))[day], mail);
  });
}

test("a late answer is not waited for", async (t) => {
  const { billing } = await start(t, `
    [[fault]]
    operation = "webspace.set_traffic"
    delay = "1m"
  `);
  Object.assign(billing, { timeout: 200, attempts: 1 });
  await assert.rejects(billing.setTraffic(1, day, mail), Unavailable);
});
