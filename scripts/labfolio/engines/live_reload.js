// Loads a previewed page again when its site changed. Added to what a preview serves, never to what a build writes.
(function () {
  var own = document.currentScript.dataset, key = "labfolio-place:" + location.pathname, source = null, place = null;
  try { place = JSON.parse(sessionStorage.getItem(key)); sessionStorage.removeItem(key); } catch (error) { }
  // A page of faults may be too short for the place; it is kept until the reader goes elsewhere by himself.
  var reached = 0;
  if (typeof place === "number") addEventListener("load", function () { scrollTo(0, place); reached = scrollY; });
  function keep() {
    var stayed = typeof place === "number" && Math.abs(scrollY - reached) < 2;
    try { sessionStorage.setItem(key, JSON.stringify(stayed ? place : scrollY)); } catch (error) { }
  }
  function listen() {
    if (source && source.readyState !== 2) return;
    source = new EventSource(own.events);
    source.onmessage = function (event) {
      if (event.data === own.version) return;
      source.close();
      keep();
      location.reload();
    };
    // Most browsers come back by themselves when the server does; this is for the others.
    source.onerror = function () { if (source.readyState === 2) setTimeout(listen, 1000); };
  }
  function leave() { if (source) source.close(); source = null; }
  // A browser holds few connections to one host: pages that nobody looks at let go of theirs.
  addEventListener("pagehide", leave);
  addEventListener("pageshow", listen);
  document.addEventListener("visibilitychange", function () { if (document.hidden) leave(); else listen(); });
  if (!document.hidden) listen();
})();
