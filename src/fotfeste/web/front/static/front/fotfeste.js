// What htmx does not do by itself. Everything works without this file.
"use strict";
