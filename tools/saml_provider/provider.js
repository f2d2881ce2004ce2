// A SAML identity provider on a loopback port: `node provider.js key.pem certificate.pem`. It signs everybody on as Carol.
"use strict";

const fs = require("fs");
const http = require("http");
const samlp = require("samlp");

const [key, cert] = process.argv.slice(2).map((file) => fs.readFileSync(file, "utf8"));
const carol = {
  id: "carol-1",
  emails: [{ value: "carol@acme.example" }],
  name: { givenName: "Carol", familyName: "Shaw" },
  displayName: "Carol Shaw",
};

const server = http.createServer((request, response) => {
  const url = new URL(request.url, origin());
  const options = { issuer: `${origin()}/entity`, cert, key, redirectEndpointPath: "/sso", postEndpointPath: "/sso" };
  request.query = Object.fromEntries(url.searchParams);
  request.protocol = "http";
  response.set = (name, value) => response.setHeader(name, value);
  response.send = (body) => response.end(String(body));
  if (url.pathname === "/metadata") return samlp.metadata(options)(request, response);
  return signOn(request, response, options);
});

function signOn(request, response, options) {
  const refuse = (error) => { response.statusCode = 400; response.end(String(error)); };
  samlp.parseRequest(request, options, (error, asked) => {
    if (error || !asked) return refuse(error);
    const acs = asked.assertionConsumerServiceURL;
    const answer = { destination: acs, recipient: acs, getPostURL: (audience, dom, req, done) => done(null, acs) };
    return samlp.auth({ ...options, ...answer, getUserFromRequest: () => carol })(request, response, refuse);
  });
}

function origin() {
  return `http://127.0.0.1:${server.address().port}`;
}

process.stdin.on("end", () => process.exit()).resume(); // it stops with whoever started it
server.listen(0, "127.0.0.1", () => console.log(origin()));
