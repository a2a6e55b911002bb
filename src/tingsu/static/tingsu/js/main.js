// Everything a page may need; each module looks for its own attributes and does nothing without.
import "./session.js";
import "./submit-once.js";
import "./menus.js";
import "./keyboard.js";
import "./palette.js";
import "./drafts.js";
import "./presence.js";
import "./undo.js";
import "./count.js";
import "./upload.js";
import "./tabs.js";
import "./preview.js";
import "./coach.js";
