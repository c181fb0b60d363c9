import { close, test } from './harness.mjs';
import { isClosed, walk } from './pages.mjs';

await walk('customer');

await test("another customer's subscription is closed", () => isClosed('jane', '/subscriptions/4'));

await close();
