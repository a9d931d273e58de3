#!/usr/bin/env node @@
var a = "@@"; // ends with the document @@