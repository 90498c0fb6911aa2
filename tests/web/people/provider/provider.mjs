// A real provider of OpenID Connect on loopback, for the tests: it signs in whoever the test has said, without asking.
// PORT, MODULES (a node_modules folder) and REDIRECT come in the environment. POST /control says who signs in next
// ({sub, email, email_verified, name, groups, authorization_details, acr, codeTtl}); GET /seen gives what was asked for.
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";

const { PORT, MODULES, REDIRECT } = process.env;
const { default: Provider } = await import(pathToFileURL(`${MODULES}/oidc-provider/lib/index.js`));
const issuer = `http://127.0.0.1:${PORT}`;

let person = {};
let seen = [];

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "fotfeste",
      client_secret: "a-secret-for-the-tests-only",
      redirect_uris: [REDIRECT],
      post_logout_redirect_uris: ["http://localhost:8000/"],
      response_types: ["code"],
      grant_types: ["authorization_code"],
      authorization_details_types: ["ansattporten:orgno"],
    },
  ],
  acrValues: ["low", "substantial"],
  claims: { openid: ["sub", "acr"], email: ["email", "email_verified"], profile: ["name"], roles: ["groups", "authorization_details"] },
  conformIdTokenClaims: false,
  cookies: { keys: ["only-for-tests"] },
  pkce: { required: () => true },
  ttl: { AuthorizationCode: () => person.codeTtl ?? 60, Session: 60, Grant: 60, Interaction: 60, AccessToken: 60, IdToken: 60 },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: true },
    resourceIndicators: {
      defaultResource: () => "urn:fotfeste:tests",
      getResourceServerInfo: () => ({ scope: "", audience: "fotfeste", accessTokenFormat: "opaque" }),
    },
    richAuthorizationRequests: {
      enabled: true,
      types: { "ansattporten:orgno": { validate: () => {} } },
      authorizationDetailsForGrantSource: (context) => JSON.parse(context.oidc.params.authorization_details),
      authorizationDetailsForAccessToken: (_, __, source) => source.rar,
    },
  },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ ...person, sub }) }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
});
provider.on("server_error", (_, error) => console.error(error));

const read = async (request) => {
  let text = "";
  for await (const part of request) text += part;
  return text;
};

createServer(async (request, response) => {
  const url = new URL(request.url, issuer);
  if (url.pathname === "/control") {
    person = JSON.parse(await read(request));
    seen = [];
    response.end("{}");
  } else if (url.pathname === "/seen") {
    response.end(JSON.stringify(seen));
  } else if (url.pathname.startsWith("/interaction/")) {
    const { params, session } = await provider.interactionDetails(request, response);
    seen.push(params);
    const grant = new provider.Grant({ accountId: person.sub, clientId: params.client_id });
    grant.addOIDCScope(params.scope);
    const result = person.cancel
      ? { error: "access_denied" }
      : { login: { accountId: person.sub, acr: person.acr, remember: false }, consent: { grantId: await grant.save() } };
    void session;
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  } else {
    provider.callback()(request, response);
  }
}).listen(Number(PORT), "127.0.0.1", () => console.log("ready"));
