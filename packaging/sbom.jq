# The bill of materials of an image: that of the program (by the CycloneDX plugin of the build), the Java runtime, and the
# Debian packages of the base. $name, $version, $arch; $java: version and vendor; $packages: name and version of each.
.metadata.component as $program
| [{
    type: "platform", "bom-ref": "java", name: "Java runtime", version: $java.version, supplier: {name: $java.vendor}
  }] as $runtime
| [$packages[] | {
    type: "library", "bom-ref": "deb/\(.name)", name, version,
    purl: "pkg:deb/debian/\(.name)@\(.version | @uri)?arch=\($arch)&distro=debian-12"
  }] as $base
| .metadata.component = {
    type: "container", "bom-ref": "image", name: "ghcr.io/apiserver-vip/\($name)", version: $version,
    licenses: [{license: {id: "Apache-2.0"}}]
  }
| .components += [$program] + $runtime + $base
| .dependencies += [{ref: "image", dependsOn: [([$program] + $runtime + $base)[]["bom-ref"]]}]
