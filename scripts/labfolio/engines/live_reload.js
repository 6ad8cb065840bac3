// Loads a previewed page again when it changed. Added to what a preview serves, never to what a build writes.
(function () {
  var own = document.currentScript.dataset, key = "labfolio-place:" + location.pathname, source = null, place = null, again = false;
  try { place = JSON.parse(sessionStorage.getItem(key)); sessionStorage.removeItem(key); } catch (error) { }
  if (typeof place === "number") addEventListener("load", function () { scrollTo(0, place); });
  function keep() {
    // A page of faults may be too short for the place: who is at its end, or never got to see it, stays at the place.
    var ends = scrollY + innerHeight > document.documentElement.scrollHeight - 2;
    var stays = place > scrollY && (ends || document.readyState !== "complete");
    try { sessionStorage.setItem(key, JSON.stringify(stays ? place : scrollY)); } catch (error) { return; }
    // Else the browser scrolls too, to where the page of faults was left, and later.
    again = true;
    history.scrollRestoration = "manual";
  }
  function listen() {
    // A browser holds few connections to one host: pages that nobody looks at let go of theirs.
    if (document.hidden || source && source.readyState !== 2) return;
    source = new EventSource(own.events + "?" + location.pathname);
    source.onmessage = function (event) {
      if (event.data === own.version) return;
      source.close();
      keep();
      location.reload();
    };
    // Most browsers come back by themselves when the server does; this is for the others.
    source.onerror = function () { if (source && source.readyState === 2) setTimeout(listen, 1000); };
  }
  function leave() { if (source) source.close(); source = null; }
  addEventListener("pagehide", function () { leave(); if (!again) history.scrollRestoration = "auto"; });
  addEventListener("pageshow", listen);
  document.addEventListener("visibilitychange", function () { if (document.hidden) leave(); else listen(); });
  listen();
})();
