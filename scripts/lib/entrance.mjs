// The way into a VS Code that is open to its person alone: on 127.0.0.1 every user of the machine can knock.
import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";

/** A password, and the hash that code-server is given (HASHED_PASSWORD, its SHA-256 way) and its session cookie holds. */
export function newCredentials() {
  const password = randomBytes(12).toString("hex");
  return { password, hash: createHash("sha256").update(password).digest("hex") };
}

/**
 * Serves a secret address on 127.0.0.1 that hands out the session cookie and leads on to `origin`: cookies know no ports.
 * Returns `url(query)`, the address that leads to that query there, and `close()`. It keeps no process alive.
 */
export async function openEntrance(origin, hash) {
  const secret = `/${randomBytes(16).toString("hex")}`;
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? "/", origin);
    if (pathname !== secret) {
      response.writeHead(404).end();
      return;
    }
    const cookie = `code-server-session=${hash}; Path=/; HttpOnly; SameSite=Lax`;
    const headers = { "Set-Cookie": cookie, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer" };
    response.writeHead(302, { ...headers, Location: `${origin}/${search}` }).end();
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  server.unref();
  return {
    url: (query) => `http://127.0.0.1:${server.address().port}${secret}?${query}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
