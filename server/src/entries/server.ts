/** The file that runs as `go-escape-lens`, and that editors start. */
import { loadCompiled } from "./loadCompiled.js";

loadCompiled("./serverMain.js");
