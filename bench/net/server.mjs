// The peer node in `./costudio bench net`.
//
//     node server.mjs http|echo PORT
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";

const [kind, port] = process.argv.slice(2);
const hello = "Hello from an event loop\n".slice(1);
const server =
  kind === "echo"
    ? createServer((socket) => socket.setNoDelay(true).on("error", () => {}).pipe(socket)) // clients reset as they leave
    : createHttpServer((_, response) => {
        response.setHeader("Content-Type", "text/plain");
        response.setHeader("Content-Length", hello.length);
        response.end(hello);
      });
server.listen({ host: "127.0.0.1", port: Number(port), backlog: 512 });
