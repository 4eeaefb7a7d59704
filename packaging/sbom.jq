# The bill of materials of an image: that of the program (by the CycloneDX plugin of the build), the Java runtime, and the
# Debian packages of the base. $name, $version, $arch; $java: the runtime's "release"; $packages: control fields, a line each.
.metadata.component = {
  type: "container", "bom-ref": "image", name: "ghcr.io/apiserver-vip/\($name)", version: $version,
  licenses: [{license: {id: "Apache-2.0"}}]
}
| .components += [
    {type: "platform", "bom-ref": "java", name: "Java runtime", version: $java.version, supplier: {name: $java.vendor}},
    ($packages[] | {
      type: "library", "bom-ref": "deb/\(.name)", name, version,
      purl: "pkg:deb/debian/\(.name)@\(.version | @uri)?arch=\($arch)&distro=debian-12"
    })
  ]
