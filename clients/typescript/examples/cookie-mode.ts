// Cookie mode: the refresh token is in a cookie that no script can read, so a page that is loaded anew goes on.
import assert from "node:assert/strict";

import { createWorkix, ok } from "../src/index.js";
import { browser } from "./browser.js";
import { personOf, sandbox } from "./sandbox.js";

const box = await sandbox();
const user = personOf(box, "user");
const visit = browser(); // in a browser: leave `fetch` out
const page = () => createWorkix({ baseUrl: box.base_url, auth: { mode: "cookie" }, fetch: visit });

const first = page();
assert.equal(await first.refresh(), false, "nobody is logged in");
const session = await first.logIn({ email: user.email, password: user.password, organization: box.organization.slug });
assert.equal(session.refresh, null, "it is in the cookie");
assert.equal((await ok(first.api.GET("/api/v1/me/"))).email, user.email);

const again = page(); // the page is loaded anew, and knows no token
const three = await Promise.all([1, 2, 3].map(() => ok(again.api.GET("/api/v1/me/"))));
assert.deepEqual(three.map((me) => me.email), Array(3).fill(user.email));

const tabs = [page(), page()]; // two tabs share the cookie, and ask at the same moment
assert.deepEqual(await Promise.all(tabs.map((tab) => tab.refresh())), [true, true]);

await again.logOut();
assert.equal(await page().refresh(), false);
console.log("cookie mode: done");
