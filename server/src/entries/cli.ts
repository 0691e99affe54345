/** The file that runs as `escapelens`. */
import { loadCompiled } from "./loadCompiled.js";

loadCompiled("./cliMain.js");
