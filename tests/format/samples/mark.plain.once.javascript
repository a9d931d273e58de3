#! @@
var a = "one \
two @@";
/* @@ */