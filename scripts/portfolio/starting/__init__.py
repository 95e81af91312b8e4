"""How a site of one's own starts and keeps up with the engine: new sites, upgrades, the doctor."""
